/** `node dist/hub/main.js [--host [ADDRESS]] [--port PORT]`: serves the app built beside it, and signaling. */
import { fileURLToPath } from 'node:url';
import { type HubArgumentsError, parseHubArguments } from './arguments.ts';
import { startHub } from './server.ts';

const main = async (): Promise<number> => {
  const parsed = parseHubArguments(process.argv.slice(2), process.env['PORT']);
  if (!parsed.ok) {
    console.error(sentence(parsed.error));
    return 2;
  }
  const { host, port } = parsed.value;
  try {
    const hub = await startHub({ root: fileURLToPath(new URL('../app', import.meta.url)), host, port });
    console.log(`Weft: ${hub.url}`);
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await stopped;
    await hub.close();
    return 0;
  } catch (error) {
    console.error(`The hub cannot listen on ${host}, port ${port}: ${codeOf(error)}`);
    return 1;
  }
};

const sentence = (error: HubArgumentsError): string =>
  error.type === 'BadPort'
    ? `Not a port: ${error.value}`
    : `Unknown argument: ${error.argument}. Known are --host [ADDRESS] and --port PORT.`;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

process.exitCode = await main();
