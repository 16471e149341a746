/**
 * Watches what a page makes and what of it is still alive. It must be imported before anything that it watches.
 */
interface Made {
  readonly connections: readonly { readonly config: string }[];
  readonly sockets: readonly string[];
}

const connections: { readonly connection: RTCPeerConnection; readonly config: string }[] = [];
const logChannels: RTCDataChannel[] = [];
const sockets: WebSocket[] = [];
const said: { readonly host: string; readonly frame: string }[] = [];
const channels = new Set<BroadcastChannel>();
const timers = new Map<number, string>();
const listeners = new Map<string, Set<EventListener>>();

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(config?: RTCConfiguration) {
    super(config);
    connections.push({ connection: this, config: JSON.stringify(config ?? null) });
  }
  override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, init);
    if (init?.id === 1) logChannels.push(channel);
    return channel;
  }
};

globalThis.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    sockets.push(this);
  }
  override send(data: string): void {
    said.push({ host: new URL(this.url).hostname, frame: data });
    super.send(data);
  }
};

globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    channels.add(this);
  }
  override close(): void {
    channels.delete(this);
    super.close();
  }
};

const setTimer = window.setTimeout.bind(window);
const clearTimer = window.clearTimeout.bind(window);
const setRepeated = window.setInterval.bind(window);
const clearRepeated = window.clearInterval.bind(window);
Object.assign(window, {
  setTimeout: (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number => {
    const timer = setTimer(() => {
      timers.delete(timer);
      act(...args);
    }, ms);
    timers.set(timer, `timeout of ${ms} ms`);
    return timer;
  },
  clearTimeout: (timer: number): void => {
    timers.delete(timer);
    clearTimer(timer);
  },
  setInterval: (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number => {
    const timer = setRepeated(act, ms, ...args);
    timers.set(timer, `interval of ${ms} ms`);
    return timer;
  },
  clearInterval: (timer: number): void => {
    timers.delete(timer);
    clearRepeated(timer);
  },
});

const listen = window.addEventListener.bind(window);
const unlisten = window.removeEventListener.bind(window);
/** Playwright listens to the pointer; only what transports listen to is counted. */
const WATCHED = ['pagehide', 'pageshow', 'beforeunload', 'unload', 'online', 'offline', 'storage', 'visibilitychange'];
const listenersOf = (type: string): Set<EventListener> => {
  const known = listeners.get(type) ?? new Set();
  if (WATCHED.includes(type)) listeners.set(type, known);
  return known;
};
Object.assign(window, {
  addEventListener: (type: string, listener: EventListener, options?: AddEventListenerOptions): void => {
    listenersOf(type).add(listener);
    listen(type, listener, options);
  },
  removeEventListener: (type: string, listener: EventListener, options?: EventListenerOptions): void => {
    listenersOf(type).delete(listener);
    unlisten(type, listener, options);
  },
});

export const made = (): Made => ({
  connections: connections.map(({ config }) => ({ config })),
  sockets: sockets.map(({ url }) => url),
});

/** what was sent over all sockets, and to whom */
export const saidToHubs = (): readonly { readonly host: string; readonly frame: string }[] => said;

export const listenerCount = (type: string): number => listeners.get(type)?.size ?? 0;

export const leftovers = async (): Promise<readonly string[]> => {
  return [
    ...connections.filter(({ connection }) => connection.connectionState !== 'closed').map(() => 'connection'),
    ...sockets.filter(({ readyState }) => readyState !== WebSocket.CLOSED).map(({ url }) => `socket to ${url}`),
    ...[...channels].map(({ name }) => `channel ${name}`),
    ...timers.values(),
    ...[...listeners].flatMap(([type, left]) => [...left].map(() => `listener of ${type}`)),
    ...(await locksLeft()),
  ];
};

/** none on plain http, where browsers have no locks */
const locksLeft = async (): Promise<readonly string[]> => {
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return [];
  const { held = [], pending = [] } = await locks.query();
  const { clientId } = await ownLock();
  return [...held, ...pending].filter((lock) => lock.clientId === clientId).map(({ name }) => `lock ${name}`);
};

/** A lock of this very page, to tell its locks from those of other tabs. */
const ownLock = (): Promise<LockInfo> =>
  navigator.locks.request(`own ${Math.random()}`, async (lock) => {
    const { held = [] } = await navigator.locks.query();
    const own = held.find(({ name }) => name === lock?.name);
    if (own === undefined) throw new Error('a lock that is not held');
    return own;
  });

/** Ends the log's channels under everybody's feet: both ends see them close. */
export const breakLogChannels = (): void => {
  for (const channel of logChannels) channel.close();
};
