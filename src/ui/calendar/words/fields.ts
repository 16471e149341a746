/** What a field of an action is called. */
import type { Conflict, FieldName } from '../../../documents/calendar/index.ts';
import { t } from '../../../i18n/t.ts';
import { roleName } from './names.ts';

const NAMED = [
  'when',
  'rule',
  'name',
  'form',
  'approach',
  'campaign',
  'place',
  'risk',
  'contact',
  'status',
  'attendance',
  'signatures',
  'need',
  'funds',
  'standing',
  'kind',
  'hostedBy',
  'languages',
  'rdates',
  'exdates',
] as const satisfies readonly FieldName[];

export const fieldName = ({ field, key }: Pick<Conflict, 'field' | 'key'>): string => {
  const named = NAMED.find((each) => each === field);
  if (named === undefined) return t('action.field.other');
  if (named === 'need') return t('action.field.need', { role: roleName(key) });
  return t(`action.field.${named}`);
};
