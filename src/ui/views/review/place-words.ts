/** What a place in a document is called. */
import type { Place, RuleField } from '../../../app/review/places.ts';
import { languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { fieldName as factName } from '../../calendar/words/fields.ts';
import { isolated } from '../../shared/isolated.ts';
import { dotted, excerpt } from '../exchange/sentences.ts';
import { dayText } from './value-words.ts';

/** "What we say · Every crew comes home" */
export const placeName = (place: Place, groupName: (id: string) => string): string => {
  const of = 'of' in place ? excerpt(ofWhat(place, groupName), 60) : '';
  const day = place.type === 'report' ? (dayText(place.day) ?? '') : '';
  return dotted([fieldName(place), of === '' ? '' : isolated(of), day]);
};

const ofWhat = (place: Extract<Place, { of: string }>, groupName: (id: string) => string): string => {
  if (place.type === 'party') return groupName(place.of);
  return place.type === 'language' ? languageName(place.of) : place.of;
};

const fieldName = (place: Place): string => {
  switch (place.type) {
    case 'palette':
      if (place.field === 'sourceLanguage') return t('talk.newPalette.language');
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
      if (place.field === 'language') return t('talk.newVariant.language');
      return place.field === 'backTranslation' ? t('talk.variant.back') : t(`talk.variant.${place.field}`);
    case 'unit':
      return t('talk.variant.status');
    case 'agreement':
      if (place.field === 'sourceLanguage') return t('agree.new.language');
      return t(`agree.text.${place.field}`);
    case 'action':
      return t(`action.text.${place.field}`);
    case 'name':
      return t('action.field.name');
    case 'fact':
      return factName(place);
    case 'item':
      return t(`review.item.${place.item}`);
    case 'date':
      return t(`agree.date.${place.field}`);
    case 'rule':
      return ruleName(place.field);
    case 'party':
      return t('agree.new.parties');
    case 'language':
      return t('agree.language.title');
    case 'report':
      return t(`rhythm.question.${place.question}`);
    case 'lift':
      return t('agree.red.lift');
    case 'holder':
      return t('agree.red.holder');
    default:
      return t(`review.place.${place.type}`);
  }
};

const ruleName = (field: RuleField): string => {
  switch (field) {
    case 'share':
      return t('agree.rule.shareOf');
    case 'mostStandAsides':
      return t('agree.rule.asides');
    case 'emergencyAllowed':
      return t('agree.emergency.allowed');
    case 'emergencyGroups':
      return t('agree.emergency.groups');
    case 'emergencyHours':
      return t('agree.emergency.hours');
    case 'emergencyReviewDays':
      return t('agree.emergency.reviewDays');
    default:
      return t(`agree.rule.${field}`);
  }
};
