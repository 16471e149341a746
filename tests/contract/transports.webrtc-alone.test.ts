/** What WebRTC does beside the contract: who is let in, what a hub hears, who is met and who is given up. */
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, test } from 'vitest';
import type { PageOptions } from './transports/page.ts';
import { probeIn } from './transports/pages.ts';
import { useWebrtcPages } from './transports/webrtc-pages.ts';

const webrtc = useWebrtcPages();

describe('webrtc alone', () => {
  afterEach(async () => {
    await webrtc.pages.closeContexts();
    await webrtc.pages.restartHub();
    webrtc.pages.errors();
  });

  const open = async <Count extends number>(count: Count, changed: Partial<PageOptions> = {}) => {
    const options = { ...webrtc.nextOptions(), ...changed };
    const [alice, bob, charlie] = await webrtc.openPeers(count, options);
    if (alice === undefined) throw new Error('nobody');
    return { options, alice, bob: bob ?? alice, charlie: charlie ?? alice };
  };

  test('a peer with another password never opens a link, and throws nothing on either side', async () => {
    const { alice, bob, charlie, options } = await open(3);
    await charlie.evaluate((given) => weft.useWebrtc({ ...given, password: 'of another epoch' }), options);
    await Promise.all([alice, charlie].map((page) => probeIn(page).start()));
    await Promise.all([alice, charlie].map((page) => page.evaluate(() => weft.untilStatus(0, 'connected'))));
    await probeIn(bob).start();
    // by the time that these two have met, each has heard Charlie's words too, which were there first
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    expect(await probeIn(charlie).openCount()).toBe(0);
    expect(await charlie.evaluate(() => weft.made().connections)).toEqual([]);
    expect(webrtc.pages.errors()).toEqual([]);
  });

  test('the hub is given the name of the room and sealed text, and nothing else', async () => {
    const { alice, bob, options } = await open(2);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await probeIn(bob).stop();
    const said = await Promise.all([alice, bob].map((page) => page.evaluate(() => weft.saidToHubs())));
    const frames = said.flat().map(({ frame }) => frame);
    const published = frames.flatMap((frame) => /^\{"type":"publish",.*\}$/.exec(frame) ?? []);
    // two announcements, an offer, an answer and a candidate at the least
    expect(published.length).toBeGreaterThan(4);
    for (const frame of published)
      expect(frame).toMatch(new RegExp(`^\\{"type":"publish","topic":"${options.room}","data":"[\\w-]{60,}"\\}$`));
    const sealed = published.map((frame) => Buffer.from(frame.split('"').at(-2) ?? '', 'base64url').toString('latin1'));
    for (const bytes of sealed) expect(bytes).not.toMatch(/announce|signal|candidate/);
    expect(new Set(published).size).toBe(published.length);
    const others = new Set(frames.filter((frame) => !published.includes(frame)));
    expect([...others]).toEqual([JSON.stringify({ type: 'subscribe', topics: [options.room] })]);
  });

  test('the hub is told when one of two rooms is left, and hears no more of it', async () => {
    const { alice, bob, options } = await open(2);
    await alice.evaluate((given) => weft.enterToo(given), webrtc.nextOptions());
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await probeIn(alice).stop();
    const said = await alice.evaluate(() => weft.saidToHubs());
    const named = said.map(({ frame }) => frame).filter((frame) => frame.includes(`"${options.room}"`));
    expect(named.at(-1)).toBe(JSON.stringify({ type: 'unsubscribe', topics: [options.room] }));
  });

  test('signals that are said again by somebody without the key cut nothing and call nobody', async () => {
    const { alice, bob, charlie, options } = await open(3);
    const eve = await webrtc.pages.open();
    await eve.evaluate(([address, room]) => weft.eavesdrop(address, room), [
      webrtc.pages.signaling,
      options.room,
    ] as const);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    expect(await eve.evaluate(() => weft.sayAgain())).toBeGreaterThan(4);
    // whoever comes now is heard after all that
    await probeIn(charlie).start();
    await Promise.all([alice, bob, charlie].map((page) => probeIn(page).links(2)));
    for (const page of [alice, bob]) {
      expect(await probeIn(page).closes(0)).toEqual([]);
      expect(await page.evaluate(() => weft.made().connections.length)).toBe(2);
    }
  });

  test('a room is named only to the hubs that were chosen for it', async () => {
    const { alice, bob } = await open(2);
    const elsewhere = webrtc.nextOptions();
    // a second room of the same page, at the same hub by another name
    await alice.evaluate((given) => weft.enterToo(given), {
      ...elsewhere,
      signaling: [webrtc.pages.signaling.replace('127.0.0.1', 'localhost')],
    });
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    const said = await alice.evaluate(() => weft.saidToHubs());
    expect(new Set(said.map(({ host }) => host))).toEqual(new Set(['127.0.0.1', 'localhost']));
    for (const { host, frame } of said) expect(frame.includes(`"${elsewhere.room}"`)).toBe(host === 'localhost');
  });

  test('no connection is ever made with a server that was not given, and no socket goes elsewhere', async () => {
    const { alice, bob } = await open(2);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    for (const page of [alice, bob]) {
      const { connections, sockets } = await page.evaluate(() => weft.made());
      expect(connections.length).toBeGreaterThan(0);
      for (const { config } of connections)
        expect(JSON.parse(config)).toEqual({ iceServers: [], iceTransportPolicy: 'all' });
      expect(new Set(sockets)).toEqual(new Set([webrtc.pages.signaling]));
    }
  });

  test('servers that were given are used, and only those', async () => {
    const iceServers = [{ urls: 'stun:127.0.0.1:9' }];
    const { alice, bob } = await open(2, { iceServers });
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await probeIn(alice).links(1);
    const { connections } = await alice.evaluate(() => weft.made());
    for (const { config } of connections) expect(JSON.parse(config)).toMatchObject({ iceServers });
  });

  test('without a signaling address no socket is opened at all', async () => {
    const { alice } = await open(1, { signaling: [] });
    await probeIn(alice).start();
    await alice.evaluate(() => weft.untilStatus(0, 'none'));
    expect(await alice.evaluate(() => weft.made())).toEqual({ connections: [], sockets: [] });
    await probeIn(alice).stop();
    expect(await alice.evaluate(() => weft.leftovers())).toEqual([]);
  });

  test('a y-webrtc of the same room that only seals as we do connects to us: it is y-webrtc that makes the connections', async () => {
    const { alice, bob, options } = await open(2);
    await bob.evaluate((given) => weft.startRogue(given), options);
    await probeIn(alice).start();
    await bob.evaluate(() => weft.rogueConnected(1));
    const [link] = await probeIn(alice).links(1);
    await probeIn(alice).send(link?.id ?? '', 1, 1, 10);
  });

  test('an update on channel 0 is neither applied nor passed on', async () => {
    const { alice, bob, charlie, options } = await open(3);
    await Promise.all([probeIn(alice).start(), probeIn(charlie).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(charlie).links(1)]);
    await bob.evaluate((given) => weft.startRogue(given), options);
    await bob.evaluate(() => weft.rogueConnected(2));
    const heardBefore = (await bob.evaluate(() => weft.rogueHeard())).length;
    await bob.evaluate(() => weft.rogueUpdates(200, 20));
    // a frame on the other channel, sent after: when it is there, so are the updates
    await bob.evaluate(() => weft.rogueFrame([0, 1, 2, 3]));
    await Promise.all([probeIn(alice).messages(1), probeIn(charlie).messages(1)]);
    for (const page of [alice, charlie])
      expect(await page.evaluate(() => weft.presence())).toEqual([{ clients: 0, pending: false, bytes: 2 }]);
    const heard = (await bob.evaluate(() => weft.rogueHeard())).slice(heardBefore);
    expect(heard.filter((size) => size > 100)).toEqual([]);
  });

  test('a peer that floods channel 0 with 5 MB is hung up on and leaves nothing behind', async () => {
    const { alice, bob, charlie, options } = await open(3);
    await Promise.all([probeIn(alice).start(), probeIn(charlie).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(charlie).links(1)]);
    await bob.evaluate((given) => weft.startRogue(given), options);
    await bob.evaluate(() => weft.rogueConnected(2));
    await Promise.all([probeIn(alice).links(2), probeIn(charlie).links(2)]);
    await bob.evaluate(() => weft.rogueUpdates(200_000, 25));
    await Promise.all([probeIn(alice).closes(1), probeIn(charlie).closes(1)]);
    for (const page of [alice, charlie])
      expect(await page.evaluate(() => weft.presence())).toEqual([{ clients: 0, pending: false, bytes: 2 }]);
    // the honest two still talk
    const [link] = await probeIn(alice).links(1);
    await probeIn(alice).send(link?.id ?? '', 3, 1, 1000);
    await probeIn(charlie).messages(1);
  });

  test.each([
    ['an unknown frame', [9, 1, 2]],
    ['a frame of nothing', []],
    ['a short frame that says more follows', [1, 1, 2, 3]],
    ['an unknown reason to close', [2, 77]],
  ])('%s closes the link as malformed', async (_, frame) => {
    const { alice, bob, options } = await open(2);
    await bob.evaluate((given) => weft.startRogue(given), options);
    await probeIn(alice).start();
    await Promise.all([probeIn(alice).links(1), bob.evaluate(() => weft.rogueConnected(1))]);
    await bob.evaluate((bytes) => weft.rogueFrame(bytes), frame);
    expect((await probeIn(alice).closes(1)).map(({ reason }) => reason)).toEqual(['Malformed']);
  });

  test('a message that never ends closes the link as too large', async () => {
    const { alice, bob, options } = await open(2);
    await bob.evaluate((given) => weft.startRogue(given), options);
    await probeIn(alice).start();
    await Promise.all([probeIn(alice).links(1), bob.evaluate(() => weft.rogueConnected(1))]);
    await bob.evaluate(() => weft.rogueFullFrames(20));
    expect((await probeIn(alice).closes(1)).map(({ reason }) => reason)).toEqual(['TooLarge']);
    expect(await probeIn(alice).messages(0)).toEqual([]);
  });

  test('a peer that was refused is not met again at once, and is after its time', async () => {
    const { alice, bob, options } = await open(2, { refusedForMs: 1500 });
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    const [[toBob]] = await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await probeIn(alice).close(toBob?.id ?? '', 'refused');
    await probeIn(bob).closes(1);
    // a stranger comes and meets both, so everything said before has been heard
    const [charlie] = await webrtc.openPeers(1, options);
    if (charlie === undefined) throw new Error('nobody');
    await probeIn(charlie).start();
    await probeIn(charlie).links(2);
    expect(await Promise.all([probeIn(alice).openCount(), probeIn(bob).openCount()])).toEqual([1, 1]);
    // whoever announces itself after that time is met
    await expect
      .poll(
        async () => {
          await probeIn(bob).stop();
          await probeIn(bob).start();
          return (await probeIn(bob).links(2)).length;
        },
        { timeout: 10_000 },
      )
      .toBe(2);
  });

  test('a connection that does not open in time is given up', async () => {
    const { alice, bob, options } = await open(2, { openWithinMs: 500, relayOnly: true });
    await bob.evaluate((given) => weft.startRogue(given), options);
    await probeIn(alice).start();
    // relay only and no relay: there is no way to the other
    await expect.poll(() => alice.evaluate(() => weft.made().connections.length)).toBeGreaterThan(0);
    await expect.poll(() => alice.evaluate(() => weft.leftovers()), { timeout: 5000 }).not.toContain('connection');
    expect(await probeIn(alice).openCount()).toBe(0);
    await probeIn(alice).stop();
    expect(await alice.evaluate(() => weft.leftovers())).toEqual([]);
  });

  test('a beforeunload on a page that lives on changes nothing', async () => {
    const { alice, bob } = await open(2);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    const [[toBob]] = await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    expect(await alice.evaluate(() => weft.listenerCount('beforeunload'))).toBe(0);
    await alice.evaluate(() => dispatchEvent(new Event('beforeunload')));
    await probeIn(alice).send(toBob?.id ?? '', 1, 1, 10);
    await probeIn(bob).messages(1);
  });

  test('a page that is left is gone for the others, and meets them again when it comes back', async () => {
    const { alice, bob } = await open(2);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await alice.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    expect((await probeIn(bob).closes(1)).map(({ reason }) => reason)).toEqual(['left']);
    await alice.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
  });

  test('a page that is reloaded leaves no ghost', async () => {
    const { alice, bob, options } = await open(2);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await bob.reload();
    await bob.evaluate((given) => weft.useWebrtc(given), options);
    await probeIn(bob).start();
    await probeIn(bob).links(1);
    await probeIn(alice).closes(1);
    await probeIn(alice).links(1);
  });

  test('the hub may go and come: links stay, and newcomers are met after it', async () => {
    const { alice, bob, charlie } = await open(3);
    await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
    const [[toBob]] = await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
    await webrtc.pages.stopHub();
    await alice.evaluate(() => weft.untilStatus(1, 'connecting'));
    await probeIn(alice).send(toBob?.id ?? '', 1, 1, 10);
    await probeIn(bob).messages(1);
    await webrtc.pages.restartHub();
    await probeIn(charlie).start();
    await Promise.all([probeIn(alice).links(2), probeIn(bob).links(2), probeIn(charlie).links(2)]);
    await alice.evaluate(() => weft.untilStatus(2, 'connected'));
  });

  test('more peers than one may have connections: all are one room, nobody has too many, and a newcomer finds somebody', async () => {
    const options = { ...webrtc.nextOptions(), maxConns: 3 };
    const peers = await webrtc.openPeers(6, options);
    for (const peer of peers) await probeIn(peer).start();
    const bindings = (): Promise<readonly (readonly string[])[]> =>
      Promise.all(peers.map(async (peer) => (await probeIn(peer).open()).map(({ binding }) => binding)));
    await expect.poll(async () => groupsOf(await bindings()), { timeout: 25_000 }).toBe(1);
    for (const links of await bindings()) expect(links.length).toBeLessThanOrEqual(3);
  });

  test('who knocks meets the keeper of the door, however many knock, and nobody who knocks too', async () => {
    const options: PageOptions = webrtc.nextOptions();
    const [keeper, ...newcomers] = await webrtc.openPeers(4, { ...options, part: 'newcomer', maxConns: 1 });
    if (keeper === undefined) throw new Error('nobody');
    const asKeeper: PageOptions = { ...options, part: 'keeper', maxConns: 60 };
    await keeper.evaluate((given) => weft.useWebrtc(given), asKeeper);
    await Promise.all(newcomers.map((peer) => probeIn(peer).start()));
    await probeIn(keeper).start();
    await probeIn(keeper).links(3);
    for (const peer of newcomers) expect(await probeIn(peer).openCount()).toBe(1);
  });
});

/** Groups of pages that are connected, over however many; of each page the bindings of its links. */
const groupsOf = (pages: readonly (readonly string[])[]): number => {
  const left = new Set(pages);
  let groups = 0;
  for (const start of pages) {
    if (!left.delete(start)) continue;
    groups += 1;
    const group = [start];
    for (const page of group)
      for (const other of [...left])
        if (other.some((each) => page.includes(each)) && left.delete(other)) group.push(other);
  }
  return groups;
};

describe('webrtc on plain http from another machine', () => {
  afterEach(async () => {
    await webrtc.pages.closeContexts();
    expect(webrtc.pages.errors()).toEqual([]);
  });

  /** Each of them sealed by the same key, at the same hub. */
  const open = async (kinds: readonly ('insecure' | 'secure')[]): Promise<readonly Page[]> => {
    const options = webrtc.nextOptions();
    return Promise.all(
      kinds.map(async (kind) => {
        const isSecure = kind === 'secure';
        const page = await (isSecure ? webrtc.pages.open() : webrtc.pages.openInsecure());
        expect(await page.evaluate(() => [isSecureContext, 'subtle' in crypto])).toEqual([isSecure, isSecure]);
        const signaling = [isSecure ? webrtc.pages.signaling : webrtc.pages.insecureSignaling];
        await page.evaluate((given) => weft.useWebrtc(given), { ...options, signaling });
        return page;
      }),
    );
  };

  test.each([
    ['two such pages', ['insecure', 'insecure']],
    ['such a page and one with TLS', ['insecure', 'secure']],
  ] as const)('%s are linked, talk both ways, and leave nothing behind', async (_, kinds) => {
    const opened = await open(kinds);
    const probes = opened.map(probeIn);
    await Promise.all(probes.map((probe) => probe.start()));
    const links = (await Promise.all(probes.map((probe) => probe.links(1)))).flat();
    expect(new Set(links.map(({ binding }) => binding)).size).toBe(1);
    await Promise.all(probes.map((probe, i) => probe.send(links[i]?.id ?? '', i, 3, 100_000)));
    for (const probe of probes)
      expect((await probe.messages(3)).map(({ size }) => size)).toEqual(Array(3).fill(100_000));
    await Promise.all(probes.map((probe) => probe.stop()));
    for (const page of opened) expect(await page.evaluate(() => weft.leftovers())).toEqual([]);
  });
});
