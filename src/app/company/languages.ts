export { parseLanguage } from '../../documents/text/index.ts';

/** Languages to choose from by name; any other can be written by its tag. A choice of ease, not of worth. */
export const KNOWN_LANGUAGES: readonly string[] = (
  'aa ak am ar az be bg bm bn bs ca ckb cs da de dz ee el en es et eu fa ff fi fil fr gl gn gu ha he hi hr ht hu hy ' +
  'id ig is it ja ka kk km kmr kn ko kok ku ky lg ln lo lt lv mg mi mk ml mn mr ms my ne nl no nso ny om pa pl ps pt ' +
  'qu rm rn ro ru rw sd sg si sk sl sn so sq sr ss st sv sw ta te tg th ti tk tl tn tr ts tt ug uk ur uz vi wo xh yo ' +
  'zgh zh-Hans zh-Hant zu'
).split(' ');
