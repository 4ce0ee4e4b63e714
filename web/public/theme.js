// Classic script in the head: it runs before the first paint, so that the theme never flashes.
(() => {
  let saved = null;
  try {
    saved = localStorage.getItem('theme');
  } catch {
    // A private window keeps nothing; the system's theme holds then.
  }
  if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
})();
