package dev.stile.token;

/// Signs receipts, with the key of grants. Only verify holds one.
public interface ReceiptSigner {
  /// The receipt as a compact JWS.
  String sign(Receipt receipt);
}
