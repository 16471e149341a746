/** A group as a form writes it, with what the device already knows. */
import type { Group } from '../../../log/types.ts';

export type GroupDraft = { -readonly [K in keyof Omit<Group, 'id'>]: Group[K] };

export const emptyGroup = (language: string): GroupDraft => ({
  name: '',
  region: '',
  languages: [language],
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** IANA names that this browser knows, and the one that is set. */
export const timeZones = (current: string): readonly string[] => {
  const known = Intl.supportedValuesOf('timeZone');
  return current === '' || known.includes(current) ? known : [current, ...known];
};

/** A name of a person, group or space: 400 bytes fit, whatever the script. */
export const NAME_MOST = 100;
