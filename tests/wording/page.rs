//! A page with all of convene's own messages in all languages, for those who read or translate them:
//! `cargo run --example messages > messages.html`.

#![allow(unreachable_pub, reason = "a program has no users")]

use convene::text::UiLanguage;

mod samples;

fn main() {
    let values = samples::values();
    println!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><title>convene's own messages</title><style>body {{ font: 14px sans-serif }} \
         table {{ border-collapse: collapse }} td, th {{ border: 1px solid #ccc; padding: 4px 8px; vertical-align: top; \
         text-align: start; max-width: 26em }} p {{ margin: 0 0 4px }}</style><table><tr><th>message</th>"
    );
    for language in UiLanguage::ALL {
        println!("<th>{}</th>", language.name());
    }
    println!("</tr>");
    for message in samples::messages() {
        println!("<tr><th><code>{}</code></th>", message.name);
        for language in UiLanguage::ALL {
            let direction = if language.language().is_right_to_left() { "rtl" } else { "ltr" };
            println!("<td lang=\"{}\" dir=\"{direction}\">", language.tag());
            for line in samples::samples(&message, *language, &values) {
                println!("<p>{}</p>", line.replace('&', "&amp;").replace('<', "&lt;"));
            }
            println!("</td>");
        }
        println!("</tr>");
    }
    println!("</table>");
}
