"""What PDF/UA-1 asks for and the engine leaves out, put into a file just before it is written."""

import pydyf
from weasyprint import Document
from weasyprint.document import DocumentMetadata

_UA_IDENTIFICATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def claim_pdf_ua(metadata: DocumentMetadata) -> None:
    """PDF/UA's mark goes into the one RDF block that validators read; PDF/A wants its schema described beside it."""
    generate = metadata.generate_rdf_metadata

    def generate_with_ua(variant, version, conformance):
        return generate(variant, version, conformance).replace(b"</rdf:RDF>", _UA_IDENTIFICATION + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = generate_with_ua


def link_once(document: Document) -> None:
    """The engine makes what is bold within a link a link of its own, without a tag: the whole is enough."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def name_links(document: Document) -> None:
    """What a screen reader says of a link is its text, not its address."""
    for page in document.pages:
        for _, _, _, box in page.links:
            text = " ".join("".join(box.element.itertext()).split())
            if text and getattr(box, "link_annotation", None):
                box.link_annotation["Contents"] = pydyf.String(text)


def scope_headers(pdf: pydyf.PDF) -> None:
    """Say of each header cell what it is the header of; the engine's own references miss some merged cells."""
    for element in pdf.objects:
        if not isinstance(element, dict):
            continue
        if element.get("S") == "/TH":
            element["A"]["Scope"] = "/Column" if _heads_columns(pdf, _object(pdf, element["P"])) else "/Row"
        elif element.get("S") == "/TD" and not element["A"].get("Headers", True):
            del element["A"]["Headers"]


def _heads_columns(pdf: pydyf.PDF, row) -> bool:
    group = _object(pdf, row["P"])
    return group.get("S") == "/THead" or all(_object(pdf, cell).get("S") == "/TH" for cell in row["K"])


def name_attachments_once(pdf: pydyf.PDF) -> None:
    """The engine lists each attachment twice among the associated files."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _object(pdf: pydyf.PDF, reference: bytes):
    return pdf.objects[int(reference.split()[0])]
