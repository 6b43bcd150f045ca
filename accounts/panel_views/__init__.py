"""The pages of "Hesap" in the panel, one module for each entry of the menu."""
