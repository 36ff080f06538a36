// Checked before anything else is loaded: an older Node would fail on syntax, with a message about nothing.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `hallmonitor needs Node 22.12 or newer; this is Node ${process.versions.node}.\n` +
      'Install a newer one from https://nodejs.org, or use your version manager.\n',
  );
  // A hook must refuse where it cannot judge, and to most agents only 2 is a refusal.
  process.exitCode = process.argv[2] === 'hook' ? 2 : 3;
} else if (process.argv[2] === 'hook' && process.argv[3] === '--agent') {
  // A coding agent waits for this one: it loads no command line, and keeps its compiled code where only the user can
  // put any.
  const { enableCompileCache } = await import('node:module');
  const { ownFolder, runFolder } = await import('../server/run-folder.ts');
  if (process.platform !== 'win32' && ownFolder(runFolder())) {
    enableCompileCache(`${runFolder()}/compiled`);
  }
  const { hook } = await import('./hook.ts');
  const [, , , , agent = '', option, event] = process.argv;
  const code = await hook({ agent, ...(option === '--event' && event ? { event } : {}) });
  // The small client knows by this number that it was really this program that let the agent go on.
  process.exitCode = code === 0 && process.env['HALLMONITOR_CLIENT'] === '1' ? 10 : code;
} else {
  const { main } = await import('./main.ts');
  await main(process.argv);
}
