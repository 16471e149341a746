/** `inspect`: what a file is. Without a key that is little, on purpose; with a vault, what merging it would bring. */
import { ok } from '../../lib/result.ts';
import { isPadded } from '../../log/bundle-size.ts';
import { decodeInvite, fromText } from '../../log/invite.ts';
import type { Membership } from '../../log/types.ts';
import { type ByteSource, type Preview, readBundle } from '../../sync/bundles.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { openFile, readPassphrase } from '../files.ts';
import { type Done, type Outcome, refuse } from '../outcome.ts';
import { noteOf, receiptOf } from '../receipt.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const inspect = async ({ positionals: [path = ''], options }: Call): Promise<Outcome> => {
  const passphrase = await readPassphrase(options['bundle-passphrase-file']);
  if (!passphrase.ok) return passphrase;
  const file = await openFile(path);
  if (!file.ok) return file;
  const { source, close } = file.value;
  const text = await textIn(source);
  const outcome: Outcome =
    text !== null
      ? ok(text)
      : options.vault === undefined
        ? ok(withoutKey(source))
        : await withSpace(options, async ({ replica }) => {
            const preview = await readBundle(replica, source, environment, passphrase.value ?? undefined);
            return preview.ok ? ok(withKey(source, preview.value)) : refuse(preview.error);
          });
  await close();
  return outcome;
};

/** An invite, a request or an answer is text, and says so. */
const textIn = async (source: ByteSource): Promise<Done | null> => {
  const start = new TextDecoder().decode(await source.read(0, Math.min(source.size, 1_000_000)));
  const { size: bytes } = source;
  const invite = fromText('invite', start);
  const decoded = invite && decodeInvite(invite);
  if (decoded?.ok) {
    const { space, organizer, hubs } = decoded.value;
    return { json: { kind: 'invite', bytes, spaceId: space, organizer, hubs }, text: words.done.invite };
  }
  for (const kind of ['request', 'answer'] as const) {
    if (fromText(kind, start)) return { json: { kind, bytes }, text: words.done[kind] };
  }
  return null;
};

const LEAST = 700;

const withoutKey = ({ size: bytes }: ByteSource): Done => {
  const kind = bytes > LEAST && isPadded(bytes) ? 'sealed' : 'unknown';
  return { json: { kind, bytes }, text: say(words.done[kind], { bytes }) };
};

const withKey = ({ size: bytes }: ByteSource, preview: Preview): Done => {
  const { maker, member, would, membership, parts, incomplete } = preview;
  const name = (member !== null && membership.members.get(member)?.name) || words.done.stranger;
  const day = new Date(maker.day * 86_400_000).toISOString().slice(0, 10);
  const receipt = receiptOf(would, membership, incomplete);
  const readers = namesOf(maker.readers, membership);
  const people = readers.length === 0 ? words.done.everybody : readers.join(', ');
  const sentences = [
    say(words.done.maker, { name, day, readers: people }),
    would.changes === 0 ? words.done.nothingNew : say(words.done.would, receipt),
  ];
  return {
    json: {
      kind: 'bundle',
      bytes,
      bundle: maker.bundle,
      maker: { device: maker.device, member, name },
      day,
      for: readers.length === 0 ? 'space' : readers,
      whole: maker.isWhole,
      parts,
      ...receipt,
    },
    text: sentences.join('\n'),
    ...noteOf(would, incomplete),
  };
};

const namesOf = (ids: Preview['maker']['readers'], { members }: Membership): string[] =>
  ids.map((id) => members.get(id)?.name ?? id);
