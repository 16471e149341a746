/** The contract over real RTCPeerConnections between pages of separate browser profiles, with the hub as signaling. */
import { expect } from 'vitest';
import { testTransport, type World } from './transports.ts';
import { probeIn } from './transports/pages.ts';
import { useWebrtcPages } from './transports/webrtc-pages.ts';

const webrtc = useWebrtcPages();

const createWorld = async (count: number): Promise<World> => {
  const peers = await webrtc.openPeers(count, webrtc.nextOptions());
  return {
    probes: peers.map(probeIn),
    cut: async (a) => {
      await webrtc.pages.stopHub();
      await peers[a]?.evaluate(() => weft.breakLogChannels());
    },
    mend: () => webrtc.pages.restartHub(),
    leftovers: async (index) => (await peers[index]?.evaluate(() => weft.leftovers())) ?? ['no page'],
    close: async () => {
      await webrtc.pages.closeContexts();
      await webrtc.pages.restartHub();
      expect(webrtc.pages.errors()).toEqual([]);
    },
  };
};

testTransport({ name: 'webrtc', kind: 'webrtc', createWorld });
