// Checked before anything else is loaded: an older Node would fail on syntax, with a message about nothing.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `hallmonitor needs Node 22.12 or newer; this is Node ${process.versions.node}.\n` +
      'Install a newer one from https://nodejs.org, or use your version manager.\n',
  );
  process.exitCode = 3;
} else {
  const { main } = await import('./main.ts');
  await main(process.argv);
}
