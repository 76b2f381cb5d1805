/** How answers look: tables, times, colours, and objects as YAML or JSON. */
package dev.smartdispatcher.cli.output;
