/** What the tabs of this browser tell each other about the device as a whole. Names no space and carries no text. */
const WORDS = ['locked', 'vault changed', 'in use', 'erased'] as const;

export type TabWord = (typeof WORDS)[number];

export interface Tabs {
  say(word: TabWord): void;
  close(): void;
}

export const joinTabs = (hear: (word: TabWord) => void): Tabs => {
  const channel = new BroadcastChannel('weft');
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const word = WORDS.find((known) => known === data);
    if (word) hear(word);
  };
  return { say: (word) => channel.postMessage(word), close: () => channel.close() };
};
