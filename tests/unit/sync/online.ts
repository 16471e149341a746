/** People on a network in memory. */
import { createExchange, type Exchange } from '../../../src/sync/exchange.ts';
import type { Transport } from '../../../src/sync/transport.ts';
import type { MemoryNetwork } from '../../../src/transports/memory.ts';
import { type Person, value } from '../../world.ts';

export interface Online {
  readonly person: Person;
  readonly exchange: Exchange;
  readonly transport: Transport;
  /** why others were dropped */
  readonly dropped: string[];
}

export const goOnline = (network: MemoryNetwork, name: string, person: Person): Online => {
  const dropped: string[] = [];
  const exchange = createExchange(person.replica, person.environment, {
    peers: () => undefined,
    presence: () => undefined,
    dropped: (_device, reason) => dropped.push(reason),
  });
  const transport = network.createTransport(name);
  transport.start(exchange);
  return { person, exchange, transport, dropped };
};

/** Lets everything on its way arrive, and be answered. */
export const calm = async (network: MemoryNetwork, people: readonly Online[]): Promise<void> => {
  for (let quiet = -1; quiet !== network.sent;) {
    quiet = network.sent;
    await network.settle();
    for (const { person, exchange } of people) {
      value(await person.replica.flush());
      await exchange.settled();
    }
    await network.settle();
  }
};

/** Lets time pass until nothing moves any more. */
export const settleAll = async (network: MemoryNetwork, people: readonly Online[]): Promise<void> => {
  for (let turn = 0, silent = 0; turn < 60 && silent < 2; turn++) {
    const { sent } = network;
    for (const { person } of people) person.environment.pass(2000);
    await calm(network, people);
    silent = sent === network.sent ? silent + 1 : 0;
  }
};
