/** The scripts that a page of the release starts with; their names are made of their content. */
const scriptsOf = (document: Document): string =>
  [...document.querySelectorAll<HTMLScriptElement>('script[type="module"][src]')]
    .map((script) => script.getAttribute('src'))
    .join(' ');

/**
 * Why code of this page cannot be loaded: the server does not answer, a newer release has taken the place of this one, or
 * something else.
 */
export const whyNotLoaded = async (): Promise<'no_connection' | 'new_release' | 'unknown'> => {
  const response = await fetch('/', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) return 'no_connection';
  const now = new DOMParser().parseFromString(await response.text(), 'text/html');
  return scriptsOf(now) === scriptsOf(document) ? 'unknown' : 'new_release';
};
