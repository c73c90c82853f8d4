// Puts a timetable of convene where its script element stands, in a frame that is as tall as what is in it.
"use strict";
{
  const script = document.currentScript;
  const frame = document.createElement("iframe");
  const address = new URL(script.src);
  address.pathname = address.pathname.replace(/\.js$/, "");
  frame.src = address.href;
  frame.title = "%title%";
  frame.style.cssText = "display:block;width:100%;height:30rem;border:0;color-scheme:auto";
  addEventListener("message", (event) => {
    const tall = event.data && event.data.convene;
    if (event.source === frame.contentWindow && event.origin === address.origin && Number.isFinite(tall)) {
      frame.style.height = Math.min(Math.max(tall, 60), 20000) + "px";
    }
  });
  script.after(frame);
}
