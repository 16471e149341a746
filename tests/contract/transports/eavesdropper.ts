/** Somebody at the hub who knows the name of a room and not its key: hears all, and says it again. */
const heard: string[] = [];
let socket: WebSocket | null = null;

const said = (): WebSocket => {
  if (socket === null) throw new Error('nobody listens');
  return socket;
};

/** Resolves when the hub has taken everything that was sent before. */
const taken = async (): Promise<void> => {
  const pong = new Promise<void>((resolve) => {
    said().addEventListener('message', ({ data }: MessageEvent<string>) => data === '{"type":"pong"}' && resolve());
  });
  said().send('{"type":"ping"}');
  await pong;
};

export const eavesdrop = async (address: string, room: string): Promise<void> => {
  socket = new WebSocket(address);
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data.includes('"publish"')) heard.push(data);
  });
  await new Promise((resolve) => said().addEventListener('open', resolve));
  said().send(JSON.stringify({ type: 'subscribe', topics: [room] }));
  await taken();
};

/** what was published, frame by frame */
export const overheard = (): readonly string[] => heard;

/** Says again all that was heard. */
export const sayAgain = async (): Promise<number> => {
  const frames = [...heard];
  for (const frame of frames) said().send(frame);
  await taken();
  return frames.length;
};
