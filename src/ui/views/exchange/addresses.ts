import { hrefOf } from '../../routes.ts';

/** Exchange with the dialog open; `of`: the group or member that the bundle is for. */
export const makeBundleHref = (of?: string): string => {
  const query = new URLSearchParams(of === undefined ? { dialog: 'makeBundle' } : { dialog: 'makeBundle', of });
  return `${hrefOf('exchange')}?${query.toString()}`;
};
