// Adds to each section a button that copies a citation of it. All words stand in the template of the page; the section gives its number,
// its title and its anchor.
'use strict';

(() => {
  const template = document.querySelector('#_cite');
  if (!template) return;
  const parts = template.content;
  const { address, language, lang, source } = template.dataset;
  const page = document.documentElement;

  // Values that read in the other direction, and on a page from right to left all of them, are set apart from what stands around them
  // (FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE), so that a version and a number are not turned around where the line is pasted.
  const apart = (text) => (page.dir === 'rtl' || /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);

  const isAppendix = (section) => section.closest('.appendix') !== null;

  function citation(section) {
    const head = section.querySelector(':scope > .section-head');
    const line = parts.querySelector(`[data-line="${isAppendix(section) ? 'appendix' : 'section'}"]`).cloneNode(true);
    const put = {
      number: head.querySelector('.section-number').textContent,
      title: head.querySelector('.section-heading').textContent.replace(/\s+/g, ' ').trim(),
      // A section that is not translated is in the language of the source.
      language: source && section.closest('[lang]').lang !== lang ? source : language,
      address: `${address}#${section.id}`,
    };
    for (const place of line.querySelectorAll('[data-put]')) place.textContent = put[place.dataset.put];
    for (const value of line.querySelectorAll('bdi')) value.textContent = apart(value.textContent);
    return line.textContent;
  }

  const said = parts.querySelector('.cite-said').cloneNode(true);
  const box = parts.querySelector('.cite-box').cloneNode(true);
  const field = box.querySelector('textarea');
  let timer;

  function tell() {
    clearTimeout(timer);
    said.textContent = ''; // so that the same words are said again
    requestAnimationFrame(() => {
      said.textContent = said.dataset.said;
      timer = setTimeout(() => { said.textContent = ''; }, 6000);
    });
  }

  async function copy(section) {
    const text = citation(section);
    try {
      await navigator.clipboard.writeText(text);
      tell();
    } catch { // refused, or there is none: without a safe connection, say
      field.value = text;
      box.showModal();
      field.select();
    }
  }

  for (const section of document.querySelectorAll('.section')) {
    const link = section.querySelector(':scope > .section-head > .section-link');
    if (!link) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'cite';
    button.textContent = '\u201c\u201d';
    button.lang = page.lang;
    button.dir = page.dir;
    const number = section.querySelector('.section-number').textContent;
    button.setAttribute('aria-label', template.dataset[isAppendix(section) ? 'appendix' : 'section'].replace('{}', number));
    button.title = button.getAttribute('aria-label');
    button.addEventListener('click', () => copy(section));
    link.after(button);
  }
  box.querySelector('button').addEventListener('click', () => box.close());
  document.querySelector('main').append(said, box);
})();
