/** What a place in a document is called. */
import type { Place } from '../../../app/review/places.ts';
import { languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';
import { dotted, excerpt } from '../exchange/sentences.ts';

/** "What we say · Every crew comes home" */
export const placeName = (place: Place): string => {
  const of = 'of' in place ? excerpt(place.of, 60) : '';
  return dotted([fieldName(place), of === '' ? '' : isolated(of)]);
};

const fieldName = (place: Place): string => {
  switch (place.type) {
    case 'palette':
      return t(`talk.palette.${place.field}`);
    case 'point':
      return t(`talk.point.${place.field}`);
    case 'proof':
      return t(`talk.proof.${place.field}`);
    case 'term':
      return t(`talk.glossary.${place.field}`);
    case 'rendering':
      return t('talk.glossary.in', { language: languageName(place.language) });
    case 'variant':
      if (place.field === 'text') return t('review.place.text');
      if (place.field === 'status') return t('talk.variant.status');
      return place.field === 'note' ? t('talk.variant.note') : t('talk.variant.back');
    case 'agreement':
      return t(`agree.text.${place.field}`);
    case 'action':
      return t(`action.text.${place.field}`);
    case 'name':
      return t('action.field.name');
    default:
      return t(`review.place.${place.type}`);
  }
};
