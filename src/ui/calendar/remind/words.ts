/** How long before, in words. */
import type { Key } from '../../../i18n/messages.ts';

export const LEAD_NAMES = {
  0: 'remind.lead.off',
  15: 'remind.lead.quarter',
  60: 'remind.lead.hour',
  1440: 'remind.lead.day',
} as const satisfies Readonly<Record<number, Key>>;
