// Adds a button to copy each address, where the browser can; without it the address is selected by one click.
if (navigator.clipboard) {
  for (const address of document.querySelectorAll(".address code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy " + address.textContent);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(address);
        button.textContent = "Press Ctrl+C";
      }
    });
    address.after(button);
  }
}
