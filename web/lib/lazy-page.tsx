import { type Component, createSignal, lazy, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { PageNotLoaded } from '../ui/page-not-loaded.tsx';

interface Module {
  // biome-ignore lint/suspicious/noExplicitAny: the router gives each page the properties of its own kind.
  default: Component<any>;
}

/**
 * A page whose code is loaded when it is opened. When that fails, its place says why and can be asked again; the pages
 * around it, and what is written in them, stay.
 */
export const lazyPage = (load: () => Promise<Module>): Component =>
  lazy(() =>
    load().catch((error: unknown): Module => {
      console.error(error);
      return { default: () => <Again load={load} /> };
    }),
  );

const Again = (props: { load: () => Promise<Module> }) => {
  const [page, setPage] = createSignal<Component | null>(null);
  const again = async () => {
    const { default: loaded } = await props.load();
    setPage(() => loaded);
  };
  return (
    <Show when={page()} fallback={<PageNotLoaded onRetry={again} />}>
      {(loaded) => <Dynamic component={loaded()} />}
    </Show>
  );
};
