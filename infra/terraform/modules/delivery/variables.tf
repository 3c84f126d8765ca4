variable "name" {
  description = "Prefix of what is made here."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the events."
  type        = string
}

variable "mail_identity" {
  description = "Domain or address that mail is sent from."
  type        = string
}

variable "sms_sender_id" {
  description = "Sender of SMS where a country allows a name."
  type        = string
  default     = null
}

variable "sms_monthly_spend_limit" {
  description = "What SMS may cost the account in a month, in US dollars; null leaves the account's setting alone."
  type        = number
  default     = null
}

variable "configuration_set" {
  description = "Make a configuration set for mail: TLS required, reputation measured."
  type        = bool
  default     = true
}
