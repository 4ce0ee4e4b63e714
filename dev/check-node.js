// Plain JavaScript, because older versions of Node do not read TypeScript. npm runs it before each of our commands.

const needed = 24;
const [major] = process.versions.node.split('.').map(Number);

if (major < needed) {
  console.error(
    `This needs Node ${needed}, and this is Node ${process.versions.node}. npm ci brings Node ${needed} by an install ` +
      'script, and install scripts may be switched off here: run `npm rebuild --ignore-scripts=false node`, or install ' +
      `Node ${needed}.`,
  );
  process.exit(1);
}
