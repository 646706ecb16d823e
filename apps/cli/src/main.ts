import { version } from './version.ts';

if (process.argv[2] === '--version' || process.argv[2] === '-v') {
  process.stdout.write(`${version}\n`);
} else {
  const { castellan } = await import('./castellan.ts');
  process.exitCode = await castellan(process.argv.slice(2));
}
