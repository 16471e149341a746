/** What the exchange of one open space works with. */
import type { Agreements } from '../agreements/agreements.svelte.ts';
import type { Calendars } from '../calendar/calendars.svelte.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Live } from '../live-types.ts';
import type { DeviceShelf } from '../shelf.ts';
import type { Space } from '../space.svelte.ts';
import type { WaitingFiles } from './waiting.ts';
import type { Talk } from '../talk/talk.svelte.ts';

export interface ExchangeWorld {
  readonly space: Space;
  readonly talk: Talk;
  readonly agreements: Agreements;
  /** null: there are none, or what reads them is not here yet */
  readonly calendars: Calendars | null;
  readonly shelf: DeviceShelf;
  readonly environment: Environment;
  readonly waiting: WaitingFiles;
  /** null while there is nothing that could connect */
  readonly live: () => Live | null;
}
