/** The person's own edits: gathered, signed in this run's session, stored, and only then shown as saved and passed on. */
import { err, ok, type Result } from '../lib/result.ts';
import { deriveClient, sessionIdOf } from '../log/chain.ts';
import { ITEM } from '../log/pack.ts';
import { encodeSegment } from '../log/segment.ts';
import type { Core } from './core.ts';
import { minuteOf } from './environment.ts';
import { itemOf } from './ledger.ts';
import { createOwnSession, type OwnSession, type Signing } from './own-session.ts';
import type { ReplicaError } from './replica-types.ts';
import { packAll } from './rows.ts';
import type { Sharing } from './sharing.ts';

export interface Writing {
  /** the clientID of what is typed now */
  readonly client: number;
  /** The person typed. */
  typed(): void;
  flush(): Promise<Result<null, ReplicaError>>;
  /** The same within a step of the queue. */
  flushNow(): Promise<Result<null, ReplicaError>>;
  /** Takes the rights that this device has now for those that its session began with. */
  begin(): void;
  rightsChanged(): Promise<void>;
  /** From here on a session of its own. */
  startAnew(): Promise<void>;
  stop(): void;
}

export interface WritingNeeds {
  readonly sharing: Sharing;
  readonly rebuild: () => Promise<Result<null, ReplicaError>>;
}

/** Milliseconds: typing is gathered this long into one entry. */
const FLUSH_AFTER = 150;
/** Milliseconds until what storage would not take is tried again. */
const RETRY_AFTER = 2000;

export const createWriting = async (core: Core, needs: WritingNeeds): Promise<Writing> => {
  const { space, device, environment, intake, open, rows } = core;
  let cancelFlush: (() => void) | null = null;
  let isSaving = false;
  let rights = '';

  const newSession = async (): Promise<OwnSession> => {
    const id = sessionIdOf(device, environment.random(8));
    return createOwnSession(space, id, await deriveClient(space, id), core.signer);
  };
  let own = await newSession();

  const saving = (now: boolean): void => {
    if (now === isSaving) return;
    isSaving = now;
    core.tell({ type: 'saving', saving: now });
  };
  const flushAfter = (milliseconds: number): void => {
    cancelFlush ??= environment.after(milliseconds, () => {
      cancelFlush = null;
      void flush();
    });
  };

  const flushNow = async (): Promise<Result<null, ReplicaError>> => {
    if (core.ended) return err(core.ended);
    while (open.hasTyped || own.hasWork) {
      const signing = await own.sign(open.takeTyped(), core.header, minuteOf(environment));
      if (!signing) break;
      const segment = { type: ITEM.segment, bytes: encodeSegment(signing.segment) };
      // what its session has seen is stored with it, or it would have no place after a restart
      const unshared = needs.sharing.begin();
      const done = await rows.append(packAll([...core.unstored.map(itemOf), segment]), unshared.step);
      if (!done.ok) {
        core.tell({ type: 'failed', error: done.error });
        if (done.error.type === 'StorageGone') core.end(done.error);
        else flushAfter(RETRY_AFTER);
        return done;
      }
      unshared.stored();
      core.unstored = [];
      // nobody will count it, so nobody shall see it here either
      if (!count(signing)) return needs.rebuild();
    }
    saving(open.hasTyped);
    return ok(null);
  };
  const flush = (): Promise<Result<null, ReplicaError>> => core.inTurn(flushNow);

  /** What is stored counts, and goes to others; false: it does not count. */
  const count = (signing: Signing): boolean => {
    const state = own.stored(signing);
    intake.sessions.set(state.id, state);
    let counts = true;
    for (const { document, edit } of signing.edits) {
      counts = intake.documentLog(document).takeOwn(own.client, edit) && counts;
    }
    const { minute } = state.tables;
    core.noteCounted(signing.edits.map(({ document }) => ({ session: own.id, document, minute, entries: 1 })));
    core.applyReady(signing.edits.map(({ document }) => document));
    core.tellFresh({ items: [], segments: [signing.segment], from: null });
    return counts;
  };

  const rightsNow = (): string => {
    const now = core.me();
    return now ? `${now.role} ${now.group}` : '';
  };

  return {
    get client() {
      return own.client;
    },
    typed: () => {
      saving(true);
      flushAfter(FLUSH_AFTER);
    },
    flush,
    flushNow,
    begin: () => {
      rights = rightsNow();
    },
    // a session carries the view it began with: new rights need a new one
    rightsChanged: async () => {
      if (rightsNow() === rights) return;
      rights = rightsNow();
      if (own.state === null) return;
      await core.inTurn(async () => {
        const next = await newSession();
        do {
          const flushed = await flushNow();
          if (!flushed.ok) {
            rights = '';
            return;
          }
        } while (open.hasTyped);
        // nothing may come between: an edit carries the clientID of the session that signs it
        own = next;
        open.setClient(next.client);
      });
    },
    startAnew: async () => {
      own = await newSession();
    },
    stop: () => cancelFlush?.(),
  };
};
