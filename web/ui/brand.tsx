import { A } from '@solidjs/router';
import { Show } from 'solid-js';

export const BrandGlyph = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path
      fill="currentColor"
      d="M5 3h14a3 3 0 0 1 3 3v3.2a2.9 2.9 0 0 0 0 5.6V18a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3v-3.2a2.9 2.9 0 0 0 0-5.6V6a3 3 0 0 1 3-3Z"
    />
    <path d="M7 12h10" stroke="var(--on-accent)" stroke-width="1.5" />
    <circle cx="7.2" cy="12" r="1.9" fill="var(--on-accent)" />
    <circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="var(--on-accent)" stroke-width="1.5" />
    <circle cx="16.8" cy="12" r="1.9" fill="var(--on-accent)" />
  </svg>
);

export const Brand = (props: { name: string; subtitle?: string; href?: string; title?: string }) => {
  const inside = () => (
    <>
      <BrandGlyph />
      <span>
        {props.name}
        <Show when={props.subtitle}>
          <small>{props.subtitle}</small>
        </Show>
      </span>
    </>
  );
  return (
    <Show when={props.href} fallback={<span class="brandmark">{inside()}</span>}>
      {(href) => (
        <A class="brandmark" href={href()} title={props.title}>
          {inside()}
        </A>
      )}
    </Show>
  );
};
