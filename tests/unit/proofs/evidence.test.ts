import { describe, expect, it } from 'vitest';
import { createRecordSet } from '../../../src/log/membership.ts';
import type { DeviceId, DocumentId, GroupId, Role } from '../../../src/log/types.ts';
import { gatherEvidence, weighEvidence } from '../../../src/proofs/evidence.ts';
import { carry, found, join, paletteOf, type Person, value } from '../../world.ts';

const setOf = (person: Person) => {
  const records = createRecordSet(person.replica.spaceId);
  records.add(person.replica.signed().records);
  return records;
};
const claim = (device: DeviceId, group: GroupId | null, role: Role = 'member') => ({ device, group, role });

/** Alice founds; Bob and Chidi join; there is much else in the space that nobody outside needs to see. */
const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const chidi = await join(alice, 3, 'Chidi', 'Night Shift', 'observer');
  const document = await paletteOf(alice);
  const other = await paletteOf(alice);
  value(await alice.replica.changeProfile({ name: 'Alice of the port', languages: ['en'] }));
  return { alice, bob, chidi, document, other };
};

describe('evidence of who signed', () => {
  it('shows each signer in their group, from the founding record on, and holds no other record', async () => {
    const { alice, bob, document } = await world();
    const [a, b] = [alice.replica.me(), bob.replica.me()];
    if (!a || !b) throw new Error('both are in');
    const records = setOf(alice);
    const gathered = gatherEvidence(records, {
      signers: [claim(alice.replica.device, a.group), claim(bob.replica.device, b.group)],
      groups: [a.group, b.group],
      document,
    });
    const evidence = value(weighEvidence(gathered ?? [], alice.replica.spaceId));
    expect(evidence.signers.get(bob.replica.device)).toMatchObject({ name: 'Bob', role: 'member', member: b.member });
    expect(evidence.signers.get(bob.replica.device)?.groups).toEqual(new Set([b.group]));
    expect(evidence.groupNames.get(b.group)).toBe('Hill Farmers');
    expect(evidence.documents.get(document)?.kind).toBe('talking-points');
    // genesis, Bob’s group, Bob’s admission, the document
    expect(gathered).toHaveLength(4);
  });

  it('follows somebody who was moved to another group and made an organizer, and who then admitted others', async () => {
    const { alice, bob, chidi, document } = await world();
    const group = value(
      await alice.replica.createGroup({ name: 'Port Women', region: '', languages: [], timeZone: '' }),
    );
    const b = bob.replica.me();
    if (!b) throw new Error('Bob is in');
    value(await alice.replica.changeRole(b.member, 'organizer', group));
    await carry(alice, bob);
    const dora = await join(bob, 7, 'Dora', 'Bakers');
    const d = dora.replica.me();
    if (!d) throw new Error('Dora is in');
    const records = setOf(dora);
    const gathered = gatherEvidence(records, {
      signers: [claim(dora.replica.device, d.group), claim(bob.replica.device, group)],
      groups: [d.group, group],
      document,
    });
    const evidence = value(weighEvidence(gathered ?? [], alice.replica.spaceId));
    expect(evidence.signers.get(bob.replica.device)?.groups.has(group)).toBe(true);
    expect(evidence.signers.get(dora.replica.device)).toMatchObject({ name: 'Dora', role: 'member' });
    expect(evidence.signers.has(chidi.replica.device)).toBe(false);
  });

  it('gives nothing where the space does not bear a claim out', async () => {
    const { alice, bob, chidi, document } = await world();
    const a = alice.replica.me();
    if (!a) throw new Error('Alice is in');
    const records = setOf(alice);
    const gather = (device: DeviceId, group: GroupId | null, role: Role, of = document) =>
      gatherEvidence(records, { signers: [claim(device, group, role)], groups: [], document: of });
    expect(gather(bob.replica.device, a.group, 'member')).toBeNull();
    expect(gather(chidi.replica.device, null, 'member')).toBeNull();
    expect(gather('ab'.repeat(32) as DeviceId, null, 'observer')).toBeNull();
    expect(gather(bob.replica.device, null, 'member', 'cd'.repeat(16) as DocumentId)).toBeNull();
  });

  it('is refused with any record taken out', async () => {
    const { alice, bob, document } = await world();
    const b = bob.replica.me();
    if (!b) throw new Error('Bob is in');
    const signers = [claim(bob.replica.device, b.group)];
    const gathered = gatherEvidence(setOf(alice), { signers, groups: [b.group], document }) ?? [];
    const genesis = alice.replica.spaceId;
    const isShown = (records: typeof gathered): boolean => {
      const weighed = weighEvidence(records, genesis);
      if (!weighed.ok) return false;
      const { signers: shown, groupNames, documents } = weighed.value;
      return shown.has(bob.replica.device) && groupNames.has(b.group) && documents.has(document);
    };
    expect(isShown(gathered)).toBe(true);
    for (const left of gathered) expect(isShown(gathered.filter((each) => each !== left))).toBe(false);
  });
});
