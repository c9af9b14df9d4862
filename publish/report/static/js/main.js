"use strict";
/** Opens what the address names. */
{
  const { h, word } = cuadra;
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  const live = /** @type {HTMLElement} */ (document.getElementById("live"));
  let turn = 0;

  /** Say something to screen readers. */
  cuadra.announce = (text) => {
    live.textContent = text;
  };

  /** What stands around every view: navigation, language. */
  cuadra.chrome = () => {
    const { view, parts, lang } = cuadra.route;
    document.documentElement.lang = lang;
    const other = lang === "es" ? "en" : "es";
    const at = cuadra.route.filters.get("at");
    const language = document.getElementById("language");
    language.textContent = word("language");
    language.setAttribute("aria-label", word("language.label"));
    language.setAttribute("lang", other);
    language.setAttribute("hreflang", other);
    language.setAttribute("href", cuadra.link(view, parts, { lang: other, ...(at ? { at } : {}) }));
    const skip = document.getElementById("skip");
    skip.textContent = word("skip");
    const nav = document.getElementById("nav");
    nav.setAttribute("aria-label", word("nav"));
    nav.replaceChildren(...["overview", "documents", "rules"].map((name) => h("a", {
      href: cuadra.link(name), "aria-current": name === view ? "page" : null,
    }, word(`nav.${name}`))));
  };

  /** Show the view of the present address. */
  cuadra.show = async () => {
    const mine = ++turn;
    cuadra.route = cuadra.parse(location.hash);
    cuadra.chrome();
    const { view, parts } = cuadra.route;
    const make = Object.hasOwn(cuadra.views, view) ? cuadra.views[view] : null;
    let shown;
    try {
      shown = make ? await make(...parts) : { title: "", content: h("p.empty", null, word("unknown")) };
    } catch (error) {
      shown = { title: "", content: h("p.empty", { role: "alert" },
        word("failed", { what: error instanceof Error ? error.message : "" })) };
    }
    if (mine !== turn) return; // another address was opened meanwhile
    main.replaceChildren();
    cuadra.append(main, [shown.content]);
    main.dataset.view = view;
    document.title = [shown.title, "¿Cuadra?"].filter(Boolean).join(" · ");
    const target = shown.focus ? document.getElementById(shown.focus) : null;
    if (target) {
      target.focus({ preventScroll: true });
      target.scrollIntoView();
    } else if (turn > 1) {
      main.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  };

  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is ours
    main.focus();
  });
  window.addEventListener("hashchange", () => cuadra.index() && cuadra.show());
  if (cuadra.index()) {
    cuadra.findings.prepare();
    cuadra.show();
  } else {
    const [es, en] = ["es", "en"].map((lang) => cuadra.words[lang].failed.replace("{what}", "data/index.js"));
    main.append(h("p.empty", null, es), h("p.empty", { lang: "en" }, en));
  }
}
