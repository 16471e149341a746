/** Why a text from elsewhere was not taken, in a sentence of its own for each reason. */
import type { AskError, FinishError } from '../../../app/device.svelte.ts';
import type { PassedError, PassedKind } from '../../../app/joining.ts';
import { t } from '../../../i18n/t.ts';
import { startSentence } from '../first/sentences.ts';

export const passedSentence = (wanted: PassedKind, error: PassedError): string => {
  switch (error.type) {
    case 'OtherKind':
      return t(`first.join.is.${error.kind}`);
    case 'NewerVersion':
      return t('first.join.newer');
    case 'NotOne':
      return t(`first.join.no.${wanted}`);
  }
};

export const askSentence = (error: AskError): string =>
  error.type === 'AlreadyHere' ? t('first.join.alreadyHere') : startSentence(error);

export const answerSentence = (error: FinishError): string => {
  switch (error.type) {
    case 'NotForMe':
      return t('first.wait.notAnAnswer');
    case 'NewerVersion':
      return t('first.join.newer');
    case 'BadProof':
      return t('first.wait.badProof');
    case 'NotAdmitted':
      return t('first.wait.refused');
    default:
      return startSentence(error);
  }
};
