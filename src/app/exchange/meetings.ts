/**
 * What came and went over live connections, person by person, for the history: one line for a meeting, written when
 * the person is gone, or every quarter of an hour while they stay.
 */
import { deviceOf } from '../../log/chain.ts';
import type { DeviceId, MemberId } from '../../log/types.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Fresh, FullReplica } from '../../sync/full-replica.ts';
import { OTHER_TAB } from '../../sync/full-replica.ts';
import type { LivePeer } from '../live-types.ts';

export interface Meeting {
  readonly type: 'met';
  readonly from: MemberId;
  /** that came from them, whoever wrote them */
  readonly changes: number;
  /** who had written these */
  readonly people: number;
  readonly documents: number;
  /** that were written on this device while they were here */
  readonly sent: number;
}

export interface MeetingsNeeds {
  readonly replica: Pick<FullReplica, 'onFresh' | 'device'>;
  readonly environment: Pick<Environment, 'now' | 'after'>;
  /** who is connected now, other tabs left out */
  readonly peers: () => readonly Pick<LivePeer, 'link' | 'member'>[];
  readonly keep: (meeting: Meeting) => void;
}

const LOOK_EVERY = 20_000;
const LONGEST = 15 * 60_000;

interface Running {
  readonly since: number;
  changes: number;
  sent: number;
  readonly people: Set<DeviceId>;
}

/** For as long as the space is open. */
export const followMeetings = ({ replica, environment, peers, keep }: MeetingsNeeds): void => {
  const running = new Map<MemberId, Running>();
  let isPlanned = false;

  const meetingWith = (member: MemberId): Running => {
    const known = running.get(member);
    if (known) return known;
    const meeting = { since: environment.now(), changes: 0, sent: 0, people: new Set<DeviceId>() };
    running.set(member, meeting);
    plan();
    return meeting;
  };
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    environment.after(LOOK_EVERY, () => {
      isPlanned = false;
      look();
      if (running.size > 0) plan();
    });
  };
  const look = (): void => {
    const here = new Set(peers().map(({ member }) => member));
    for (const [member, { since, changes, sent, people }] of running) {
      if (here.has(member) && environment.now() - since < LONGEST) continue;
      running.delete(member);
      keep({ type: 'met', from: member, changes, people: people.size, documents: 0, sent });
    }
  };
  const hear = ({ items, segments, from }: Fresh): void => {
    if (from === OTHER_TAB) return;
    const count = (of: Fresh['segments']): number => of.reduce((sum, { entries }) => sum + entries.length, 0);
    if (from === null) {
      // a bundle's content comes from nobody's link too
      const sent = count(segments.filter(({ session }) => deviceOf(session) === replica.device));
      if (sent === 0) return;
      for (const member of new Set(peers().map((peer) => peer.member))) {
        if (member !== null) meetingWith(member).sent += sent;
      }
      return;
    }
    const member = peers().find(({ link }) => link === from)?.member ?? null;
    const changes = items.length + count(segments);
    if (member === null || changes === 0) return;
    const meeting = meetingWith(member);
    meeting.changes += changes;
    for (const { session } of segments) meeting.people.add(deviceOf(session));
  };
  replica.onFresh(hear);
};
