/** The words that a new agreement begins with. */
import { BLANK_TEMPLATE, parseTemplateStrings, TEMPLATES } from '../../documents/agreement/index.ts';
import type { TemplateName, TemplateStrings } from '../../documents/agreement/index.ts';
import { languages } from '../../i18n/languages.ts';
import { loadTemplate } from '../../i18n/templates.ts';

export { TEMPLATES };

/** The language that a template speaks where an agreement is written in `wanted`; `shown` is the interface's. */
export const templateLanguage = (wanted: string, shown: string): string => {
  const [base = ''] = wanted.split('-');
  const spoken = [wanted, base, shown].find((tag) => languages.some((known) => known.tag === tag));
  return spoken ?? 'en';
};

export const templateWords = async (template: TemplateName, language: string): Promise<TemplateStrings> =>
  parseTemplateStrings(await loadTemplate(language, template)) ?? BLANK_TEMPLATE;
