/** What an action may be linked to in this space, and what the links that it has are called. */
import type { Agreements } from '../../../app/agreements/agreements.svelte.ts';
import type { Talk } from '../../../app/talk/talk.svelte.ts';
import type { Link } from '../../../documents/calendar/index.ts';
import { t } from '../../../i18n/t.ts';
import { hrefOf } from '../../routes.ts';
import { firstSentence } from '../../shared/first-sentence.ts';

export interface Linkable {
  readonly choices: readonly { readonly link: Link; readonly title: string }[];
  name(link: Link): { readonly title: string; readonly href?: string };
}

export const linkableIn = (agreements: Agreements, talk: Talk): Linkable => {
  const agreementTitle = (id: string): string =>
    agreements.agreement(id)?.view?.texts.title.trim() || t('action.link.gone');
  const paletteTitle = (id: string): string => talk.palette(id)?.view?.title.trim() || t('action.link.gone');
  const pointTitle = (document: string, id: string): string => {
    const found = talk.palette(document)?.view?.points.find((point) => point.id === id);
    return (found && firstSentence(found.message)) || t('action.link.gone');
  };
  const name: Linkable['name'] = (link) => {
    switch (link.type) {
      case 'web':
        return { title: link.label || link.address, href: link.address };
      case 'agreement':
        return { title: agreementTitle(link.document), href: hrefOf('agreement', { agreement: link.document }) };
      case 'palette':
        return { title: paletteTitle(link.document), href: hrefOf('palette', { palette: link.document }) };
      case 'point':
        return {
          title: pointTitle(link.document, link.point),
          href: hrefOf('point', { palette: link.document, point: link.point }),
        };
    }
  };
  return {
    name,
    get choices() {
      const links: Link[] = [
        ...agreements.agreements.map(({ id }): Link => ({ type: 'agreement', document: id })),
        ...talk.palettes.flatMap(({ id, view }): Link[] => [
          { type: 'palette', document: id },
          ...(view?.points ?? []).map((point): Link => ({ type: 'point', document: id, point: point.id })),
        ]),
      ];
      return links.map((link) => ({ link, title: name(link).title }));
    },
  };
};
