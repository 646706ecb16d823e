import { version } from './version.ts';

// Whoever reads the output may have seen enough: `castellan run --help | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (process.argv[2] === '--version' || process.argv[2] === '-v') {
  process.stdout.write(`${version}\n`);
} else {
  const { castellan } = await import('./castellan.ts');
  process.exitCode = await castellan(process.argv.slice(2));
}
