/** Why a request to join was not taken. */
import { t } from '../../../i18n/t.ts';

export const requestSentence = (error: {
  readonly type: 'NotForMe' | 'NewerVersion' | 'InviteClosed' | 'BadProof';
}): string => {
  switch (error.type) {
    case 'NotForMe':
      return t('people.request.notForMe');
    case 'NewerVersion':
      return t('first.join.newer');
    case 'InviteClosed':
      return t('people.request.closed');
    case 'BadProof':
      return t('people.request.badProof');
  }
};
