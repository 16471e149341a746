/** What y-webrtc's own signaling connection does with a signal that was let through, for one that came another way. */
import { type Room, type SignalingConn, WebrtcConn } from 'y-webrtc';
import { parseSignal } from './signal.ts';

/** `back`: where the connection says what it has to say */
export const performSignal = (room: Room, said: unknown, back: Pick<SignalingConn, 'send'>): void => {
  const signal = parseSignal(said);
  if (signal === null || typeof said !== 'object' || said === null) return;
  const { webrtcConns, peerId } = room;
  const known = webrtcConns.get(signal.from);
  const call = (isCaller: boolean): WebrtcConn => {
    const conn = new WebrtcConn(back, isCaller, signal.from, room);
    webrtcConns.set(signal.from, conn);
    return conn;
  };
  if (signal.type === 'announce') {
    if (known === undefined) call(true);
    return;
  }
  // both call at once: the offer of the higher id stands
  const isCalling = known?.peer._pc?.signalingState === 'have-local-offer';
  if (signal.type === 'offer' && isCalling && peerId > signal.from) return;
  if (signal.type === 'answer' && known === undefined) return;
  if ('signal' in said) (known ?? call(false)).peer.signal(said.signal);
};
