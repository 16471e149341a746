/** What stands round a screen, as data. In a file of its own, since plain TypeScript cannot look into components. */
import type { Component } from 'svelte';

export type IconShape = Component<{ size?: number | string; strokeWidth?: number | string }>;

export interface Place {
  readonly label: string;
  readonly href: string;
  readonly icon: IconShape;
  readonly current?: boolean | undefined;
}

export type MenuItem = {
  readonly label: string;
  readonly icon?: IconShape | undefined;
  readonly directional?: boolean | undefined;
  readonly current?: boolean | undefined;
} & ({ readonly href: string } | { readonly onclick: () => void });

export interface Status {
  readonly save: 'saved' | 'saving' | 'failed';
  /** changes that nobody else is known to have, and since when in words ('': not known); undefined while alone */
  readonly unshared?: { readonly changes: number; readonly since: string } | undefined;
  /** of the groups of others, how many have all that was written here */
  readonly reach?: { readonly groups: number; readonly all: number } | undefined;
  /** people connected now */
  readonly here: number;
}
