/** What went wrong, in a sentence. Each of the app's own failures has its words here or beside its screen. */
import type { StartError } from '../../../app/device.svelte.ts';
import type { Kept } from '../../../app/persistence.svelte.ts';
import { isFilePage } from '../../../app/single-file.ts';
import { t } from '../../../i18n/t.ts';

export const startSentence = (error: { readonly type: StartError['type'] }): string => {
  switch (error.type) {
    case 'QuotaFull':
      return t('first.storage.full');
    case 'StorageGone':
    case 'StorageFailed':
      return t('first.storage.failed');
    case 'WrongPassphrase':
    case 'PassphraseNeeded':
      return t('first.lock.wrong');
    case 'Malformed':
      return t('first.storage.damaged');
    case 'NotAllowed':
      return t('common.trouble.notAllowed');
    case 'SessionEnded':
    case 'UnknownDocument':
      return t('common.trouble.text');
  }
};

export const keptSentence = (kept: Kept): string => {
  switch (kept) {
    case 'promised':
      return t('first.storage.persisted');
    case 'not promised':
      // nothing can be installed there
      return isFilePage() ? t('first.storage.notPersistedFile') : t('first.storage.notPersisted');
    case 'unknown':
    case 'unsupported':
      return t('first.storage.unknown');
  }
};
