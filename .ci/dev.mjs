/**
 * `npm run dev`: vite serves the app and rebuilds it while you write; a built hub behind it introduces the peers.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'vite';

const HUB_PORT = '4174';

const hub = spawn(process.execPath, ['dist/hub/main.js'], {
  env: { ...process.env, PORT: HUB_PORT },
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.once('exit', () => hub.kill());

const server = await createServer({
  server: {
    host: '127.0.0.1',
    port: Number(process.env.PORT ?? 5173),
    proxy: { '/signal': { target: `ws://127.0.0.1:${HUB_PORT}`, ws: true } },
  },
});
await server.listen();
server.printUrls();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
