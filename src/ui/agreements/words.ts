/** Small words of the agreements' screens. */
import type { Agreement } from '../../app/agreements/agreement.svelte.ts';
import { Agreements } from '../../app/agreements/agreements.svelte.ts';
import type { Life } from '../../documents/agreement/decision/index.ts';
import { t } from '../../i18n/t.ts';
import { isolated } from '../shared/isolated.ts';

export const titleOf = (agreement: Agreement): string => {
  if (agreement.look.type === 'opening') return t('common.app.loading');
  return agreement.view?.texts.title.trim() || t('agree.untitled');
};

/** The title of another agreement of the same space, by its document. */
export const titleIn = ({ company }: Agreement, id: string): string => {
  const other = company instanceof Agreements ? company.agreement(id) : null;
  return other === null ? t('agree.untitled') : titleOf(other);
};

export const stageName = ({ stage }: Life): string =>
  stage.type === 'ratified' && stage.untilConfirmed ? t('agree.stage.emergency') : t(`agree.stage.${stage.type}`);

export const stageTone = ({ stage }: Life): 'plain' | 'ok' | 'look' | 'you' => {
  if (stage.type === 'proposed') return 'you';
  if (stage.type === 'ratified') return stage.untilConfirmed ? 'look' : 'ok';
  return stage.type === 'expired' || stage.type === 'superseded' ? 'look' : 'plain';
};

/** Who holds a red line; null: all parties. */
export const holderName = ({ company }: Agreement, holder: string | null): string => {
  const group = [...company.membership.groups.values()].find(({ id }) => id === holder);
  return group === undefined ? t('agree.red.heldByAll') : t('agree.red.heldBy', { group: isolated(group.name) });
};

/** The names of the groups that agree, safe in a sentence of either direction. */
export const partyNames = ({ company, view }: Agreement): readonly string[] =>
  [...company.membership.groups.values()]
    .filter(({ id }) => view?.parties.includes(id))
    .map(({ name }) => isolated(name));
