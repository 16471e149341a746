/**
 * Keeps one Y.Doc in step between the tabs of a browser, which y-indexeddb does not do: every update is told on a
 * BroadcastChannel, and a tab that comes asks what it lacks, so that tabs agree even where no database can be had.
 */
import * as Y from 'yjs';

/** Gives back what ends it. */
export const joinTabs = (name: string, doc: Y.Doc): (() => void) => {
  const channel = new BroadcastChannel(`${name}:tabs`);
  const say = (message: Message): void => channel.postMessage(message);

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== channel) say({ type: 'update', update });
  };
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = parseMessage(data);
    if (message?.type === 'update') Y.applyUpdate(doc, message.update, channel);
    else if (message?.type === 'ask') say({ type: 'update', update: Y.encodeStateAsUpdate(doc, message.vector) });
  };
  doc.on('update', onUpdate);
  say({ type: 'ask', vector: Y.encodeStateVector(doc) });

  return () => {
    doc.off('update', onUpdate);
    channel.close();
  };
};

type Message =
  { readonly type: 'update'; readonly update: Uint8Array } | { readonly type: 'ask'; readonly vector: Uint8Array };

/** null: from a tab of another version */
const parseMessage = (data: unknown): Message | null => {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  if (data.type === 'update' && 'update' in data && data.update instanceof Uint8Array)
    return { type: 'update', update: data.update };
  if (data.type === 'ask' && 'vector' in data && data.vector instanceof Uint8Array)
    return { type: 'ask', vector: data.vector };
  return null;
};
