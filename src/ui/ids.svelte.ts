/** The ids in the address of one screen; while the next screen is being loaded, those that it was shown with. */
import { router } from './router.svelte.ts';
import type { RouteName } from './routes.ts';

export const idsOf = (name: RouteName): { readonly current: Readonly<Record<string, string>> } => {
  let last: Readonly<Record<string, string>> = {};
  return {
    get current() {
      const { route } = router;
      if (route?.name === name) last = route.ids;
      return last;
    },
  };
};
