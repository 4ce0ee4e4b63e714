/** How the paths of the web app begin. A page that begins otherwise has its line here; a test of the pages compares. */
export const pagePaths = ['', 'sign-in', 'systems', 'ams', 'bms', 'help', 'review', 'desk', 'admin'] as const;

const known: readonly string[] = pagePaths;

export const isPagePath = (path: string): boolean => known.includes(path.split('/')[1] ?? '');
