"""What a seller types about goods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce import goods, goods_queries, gtin, typed
from commerce.catalogue import tree
from commerce.models.records import TYPED
from commerce.models.texts import OTHERS
from commerce.states import Withdrawal
from commerce.tax import TaxClass
from core import money, photos

ProductAttribute = get_model("catalogue", "ProductAttribute")
StockRecord = get_model("partner", "StockRecord")

CHOOSE = ("", _("Choose"))
LANGUAGE = {"en": _("English")}
HIGHEST = Decimal(1_000_000)


class PriceField(forms.CharField):
    """Lira with VAT, as people write them."""

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **more)

    def prepare_value(self, value: Any) -> Any:
        return money.display(value).lstrip("₺") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        number = typed.price(text)
        if number is None or not 0 < number <= HIGHEST:
            raise forms.ValidationError(_("Write a price like 249,90."), code="price")
        return number


def _number(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "input"})
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, widget=widget, **more)


def _text(label: Any, *, most: int = 255, rows: int = 0, **more: Any) -> forms.CharField:
    attrs: dict[str, Any] = {"class": "input"}
    widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


def _choice(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.Select(attrs={"class": "input"}), **more
    )


class ProductForm(forms.Form):
    """The words of a product. Tax class and right of return may wait until it is published."""

    title = _text(_("Title"), error_messages={"required": _("Write what it is.")})
    description = _text(_("Description"), most=10_000, rows=6, required=False)
    gtin = _text(
        _("Barcode number (GTIN)"),
        most=20,
        required=False,
        help_text=_("The figures under the bar code, if it has one."),
    )
    shelf = _choice(_("Shelf"), (), required=False)
    second_shelf = _choice(_("Second shelf"), (), required=False)
    tax_class = _choice(
        _("Tax class"),
        [CHOOSE, *TaxClass.choices],
        required=False,
        help_text=_("Food for cats and dogs, accessories and care have the standard rate."),
    )
    withdrawal = _choice(_("May it be sent back?"), [CHOOSE, *Withdrawal.choices], required=False)

    def __init__(self, *args: Any, kind: Any, product: Any = None, **more: Any) -> None:
        self.product, self.same = product, None
        super().__init__(*args, **more)
        shelves = [CHOOSE, *shelf_choices()]
        for name in ("shelf", "second_shelf"):
            self.fields[name].choices = shelves  # type: ignore[attr-defined]
        self.attributes = list(kind.attributes.select_related("option_group").order_by("pk"))
        for attribute in self.attributes:
            if field := _attribute_field(attribute):
                self.fields[f"attr_{attribute.code}"] = field
        for language in OTHERS:
            name = LANGUAGE.get(language, language)
            self.fields[f"title_{language}"] = _text(_("Title (%s)") % name, required=False)
            self.fields[f"description_{language}"] = _text(
                _("Description (%s)") % name, most=10_000, rows=4, required=False
            )

    def clean_gtin(self) -> str:
        number = gtin.checked(self.cleaned_data["gtin"])
        other = goods_queries.same_goods(number) if number else None
        if other and (self.product is None or other.pk != self.product.pk):
            self.same = other.parent if other.is_child else other
            raise forms.ValidationError(
                _("This product is in the store already. You can sell it too."), code="known"
            )
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for language in OTHERS:
            if given.get(f"description_{language}") and not given.get(f"title_{language}"):
                self.add_error(f"title_{language}", _("A description needs a title in that language."))
        return given

    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("attr_")]

    def other_texts(self) -> list[Any]:
        return [self[f"{part}_{language}"] for language in OTHERS for part in ("title", "description")]

    @property
    def facts(self) -> goods.Facts:
        given = self.cleaned_data
        shelves = [int(given[name]) for name in ("shelf", "second_shelf") if given[name]]
        codes = [attribute.code for attribute in self.attributes if f"attr_{attribute.code}" in self.fields]
        return goods.Facts(
            title=given["title"].strip(),
            description=given["description"],
            gtin=given["gtin"],
            tax_class=given["tax_class"],
            withdrawal=given["withdrawal"],
            categories=tuple(shelves),
            attributes={code: _attribute_value(given[f"attr_{code}"]) for code in codes},
            texts={one: (given[f"title_{one}"].strip(), given[f"description_{one}"]) for one in OTHERS},
        )


def shelf_choices() -> list[tuple[str, str]]:
    """`Kedi › Mama`, in the order of the store."""
    shelves = tree.read().by_pk.values()
    return [(str(one.pk), " › ".join(step.name for step in one.trail)) for one in shelves]


def initial_of(product: Any) -> dict[str, Any]:
    """What the form shows of a product."""
    shelves = list(product.productcategory_set.order_by("pk").values_list("category_id", flat=True)[:2])
    found: dict[str, Any] = {
        "title": product.title,
        "description": product.description,
        "gtin": product.upc or "",
        "shelf": str(shelves[0]) if shelves else "",
        "second_shelf": str(shelves[1]) if shelves[1:] else "",
        "tax_class": product.tax_class,
        "withdrawal": product.withdrawal,
    }
    for value in product.get_attribute_values():
        found[f"attr_{value.attribute.code}"] = _initial_of(value)
    for text in product.texts.all():
        found[f"title_{text.language}"], found[f"description_{text.language}"] = text.title, text.description
    return found


def _initial_of(value: Any) -> Any:
    if value.attribute.type == ProductAttribute.MULTI_OPTION:
        return [option.pk for option in value.value]
    return value.value.pk if value.attribute.type == ProductAttribute.OPTION else value.value


def _attribute_field(attribute: Any) -> Any:
    """None for kinds of values that this form does not ask for."""
    label, kinds = attribute.name, ProductAttribute
    options = attribute.option_group.options.order_by("pk") if attribute.option_group else None
    made = {
        kinds.TEXT: lambda: _text(label, required=False),
        kinds.INTEGER: lambda: _number(_with_unit(attribute), required=False),
        kinds.MULTI_OPTION: lambda: forms.ModelMultipleChoiceField(
            options, label=label, required=False, widget=forms.CheckboxSelectMultiple
        ),
        kinds.OPTION: lambda: forms.ModelChoiceField(
            options, label=label, required=False, widget=forms.Select(attrs={"class": "input"})
        ),
        kinds.BOOLEAN: lambda: forms.BooleanField(label=label, required=False),
    }
    return made[attribute.type]() if attribute.type in made else None


def _with_unit(attribute: Any) -> str:
    unit = {"net_weight_g": "g", "net_volume_ml": "ml"}.get(attribute.code)
    return f"{attribute.name} ({unit})" if unit else attribute.name


def _attribute_value(value: Any) -> Any:
    if hasattr(value, "model"):
        return list(value)
    return None if value == "" else value


class OfferForm(forms.Form):
    """One price tag: of the product, or of one of its packs."""

    pack = _text(_("Pack"), most=80, required=False)
    sku = _text(_("Stock code (SKU)"), most=60, required=False)
    price = PriceField(label=_("Price with VAT (₺)"), required=False)
    stock = _number(_("In stock"), required=False)
    low_stock = _number(_("Warn at"), required=False)

    def __init__(self, *args: Any, seller: Any, **more: Any) -> None:
        self.seller = seller
        super().__init__(*args, **more)

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"].strip()
        if sku and goods_queries.offers_of(self.seller).filter(partner_sku=sku).exists():
            raise forms.ValidationError(_("You use this code already."), code="taken")
        return sku

    @property
    def offer(self) -> goods.Offer:
        given = self.cleaned_data
        return goods.Offer(
            sku=given["sku"],
            price=given["price"],
            stock=given["stock"] or 0,
            low_stock=given["low_stock"],
            pack=given["pack"].strip(),
        )


class OffersFormSet(forms.BaseFormSet):
    """Of a new product: one line without a name, or several packs with names."""

    def total_form_count(self) -> int:
        """All lines are always there, whatever a page that was tampered with sends."""
        return self.max_num

    @property
    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        used: set[str] = set()
        for number, form in enumerate(self.forms):
            if number and not form.has_changed():
                continue
            given = getattr(form, "cleaned_data", {})
            if not given.get("sku") and "sku" not in form.errors:
                form.add_error("sku", _("Write a code you know it by."))
            if given.get("sku") in used:
                form.add_error("sku", _("Two packs have this code."))
            used.add(given.get("sku") or "")
            if len(self.filled) > 1 and not given.get("pack"):
                form.add_error("pack", _("Name the pack, like 3 kg."))

    def is_valid(self) -> bool:
        """Errors that `clean` finds in lines count too."""
        super().is_valid()
        return not any(self.errors) and not self.non_form_errors()

    @property
    def offers(self) -> list[goods.Offer]:
        return [form.offer for form in self.filled]


OfferLines = forms.formset_factory(OfferForm, formset=OffersFormSet, extra=5, max_num=5)


class TagForm(forms.Form):
    """What may change at a price tag that is there."""

    sku = _text(
        _("Stock code (SKU)"), most=60, error_messages={"required": _("Write a code you know it by.")}
    )
    price = PriceField(label=_("Price with VAT"), required=False)
    stock = _number(_("Stock"), error_messages={"required": _("Write a number.")})
    low_stock = _number(_("Warn at"), required=False)

    def __init__(self, *args: Any, record: Any, **more: Any) -> None:
        self.record = record
        initial = {
            "sku": record.partner_sku,
            "price": record.price,
            "stock": record.num_in_stock or 0,
            "low_stock": record.low_stock_threshold,
        }
        super().__init__(*args, initial=initial, prefix=f"tag{record.pk}", **more)

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"].strip()
        others = goods_queries.offers_of(self.record.partner_id).exclude(pk=self.record.pk)
        if others.filter(partner_sku=sku).exists():
            raise forms.ValidationError(_("You use this code already."), code="taken")
        return sku

    def clean_stock(self) -> int:
        number = int(self.cleaned_data["stock"])
        if number < (self.record.num_allocated or 0):
            raise forms.ValidationError(
                _("%(number)d are put aside for orders.") % {"number": self.record.num_allocated},
                code="orders",
            )
        return number


class ReasonForm(forms.Form):
    """Why a number in stock is another than before."""

    reason = _choice(_("Reason of the stock change"), [(one.value, one.label) for one in TYPED])
    note = _text(_("Note"), most=120, required=False)


class StockForm(ReasonForm):
    """One number, from the list of stock."""

    number = _number(_("Stock"))


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "class": "input"}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Place and camera are taken out."),
        error_messages={"required": _("Choose a picture.")},
    )

    def clean_file(self) -> bytes:
        return photos.checked_image(self.cleaned_data["file"])
