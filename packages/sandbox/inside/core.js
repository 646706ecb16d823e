import './surroundings.js';
import { start } from './main.js';

globalThis.__entry = start({});
