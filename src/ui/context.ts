/** What the app hands down to every screen: the device, and the space that is open in this tab. */
import { createContext } from 'svelte';
import type { Device } from '../app/device.svelte.ts';
import type { Space } from '../app/space.svelte.ts';

export const [getDevice, setDevice] = createContext<Device>();
/** Only below an open space. A screen lives as long as its space does, so it may be kept. */
export const [getSpace, setSpace] = createContext<Space>();
