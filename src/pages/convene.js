// What pages of convene do beyond what they show without script. Every page is whole without it.
"use strict";
{
  const root = document.documentElement;

  // Addresses: a button that copies, or selects where the browser does not let it.
  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(address);
      return false;
    }
  };
  // For who hears the page.
  const say = (text) => {
    const said = document.getElementById("said");
    if (said) said.textContent = text;
  };
  const live = (within) => {
    for (const button of within.querySelectorAll(".copy")) {
      const label = button.firstElementChild;
      const says = label.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const done = await copy(button.parentElement.querySelector("code"));
        label.textContent = done ? button.dataset.copied : button.dataset.press;
        say(label.textContent);
        setTimeout(() => (label.textContent = says), 4000);
      });
    }
    // Where a calendar asks for the address, it is there to be pasted.
    for (const link of within.querySelectorAll("a[data-copy]")) {
      link.addEventListener("click", () => copy(link.closest(".subscribe-links").querySelector(".address code")));
    }
    ownHours(within);
  };

  // Hours on the reader's own clock, where that shows others.
  const ownHours = (within) => {
    const note = within.querySelector(".zone[data-own]");
    if (!note) return;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
    const day = new Intl.DateTimeFormat(root.lang === "ar" ? "ar-u-nu-latn" : root.lang, { weekday: "short" });
    // As the language writes it: 9 h 30.
    const isFrench = root.lang.split("-")[0] === "fr";
    const written = (time) =>
      isFrench ? time.replace(/^0/, "").replace(":00", "\u00A0h").replace(":", "\u00A0h\u00A0") : time;
    const iso = (date) => new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    let differs = false;
    for (const hours of within.querySelectorAll(".hours")) {
      const times = [...hours.querySelectorAll("time")];
      const dates = times.map((time) => new Date(time.dateTime));
      const said = dates.map((date) => hour.format(date));
      if (times.every((time, index) => time.dateTime.slice(11, 16) === said[index])) continue;
      differs = true;
      const other = iso(dates[0]) === times[0].dateTime.slice(0, 10) ? "" : day.format(dates[0]) + " ";
      const span = document.createElement("span");
      span.className = "own";
      span.textContent = other + said.map(written).join("–");
      const whose = document.createElement("span");
      whose.className = "of";
      whose.textContent = " " + note.dataset.hour;
      span.append(whose);
      hours.append(" ", span);
    }
    if (differs) note.append(" ", note.dataset.own.replace("%zone%", own));
  };

  // The builder: what is ticked is shown at once, and stands in the address bar.
  const builder = document.querySelector("form.builder");
  if (builder) {
    // What is relative on this page stays what it is when the address bar changes.
    const action = builder.action;
    builder.setAttribute("action", action);
    for (const link of document.querySelectorAll('a[href]:not([href^="#"]), link[href]')) link.href = link.href;
    let latest = 0;
    const follow = async () => {
      const turn = ++latest;
      const asked = new URL(action);
      asked.search = new URLSearchParams(new FormData(builder));
      let page = null;
      let address = null;
      try {
        // The service puts what is ticked in order, and says under which address.
        const response = await fetch(asked);
        address = response.url;
        if (response.ok) page = new DOMParser().parseFromString(await response.text(), "text/html");
      } catch {}
      if (turn !== latest) return;
      const built = page && page.getElementById("built");
      if (!built) {
        builder.submit();
        return;
      }
      history.replaceState(null, "", address);
      document.getElementById("built").replaceChildren(...built.childNodes);
      for (const link of document.querySelectorAll(".languages a")) {
        link.href = page.querySelector(`.languages a[lang="${link.lang}"]`).getAttribute("href");
      }
      live(document.getElementById("built"));
      say([...document.querySelectorAll("#built [data-said]")].map((said) => said.textContent).join(" "));
    };
    builder.addEventListener("change", follow);
    builder.addEventListener("submit", (event) => {
      event.preventDefault();
      follow();
    });
  }

  // Inside a frame: says how tall it is, to whoever put it there.
  if (root.classList.contains("embedded") && parent !== self) {
    const tell = () => parent.postMessage({ convene: document.body.scrollHeight }, "*");
    new ResizeObserver(tell).observe(document.body);
  }

  live(document);
}
