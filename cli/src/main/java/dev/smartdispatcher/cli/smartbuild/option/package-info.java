/** Options that several commands have, what is printed for them, and exit statuses. */
package dev.smartdispatcher.cli.smartbuild.option;
