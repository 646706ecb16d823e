import './surroundings.ts';
import { createEntry } from './main.ts';

globalThis.__entry = createEntry({});
