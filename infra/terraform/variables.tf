variable "name" {
  description = "Prefix of everything that is made."
  type        = string
  default     = "stile"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,23}$", var.name))
    error_message = "2 to 24 lower-case letters, digits and hyphens."
  }
}

variable "table_name" {
  description = "Name of the table, where it is not that of everything: one that was restored."
  type        = string
  default     = null
}

variable "packages" {
  description = "Folder of the functions' zips: <function>-<architecture>.zip."
  type        = string
}

variable "policy_file" {
  description = "The policy document."
  type        = string
}

variable "login" {
  description = "Issuer of the primary login's access tokens, and their audiences."
  type        = object({ issuer = string, audiences = list(string) })
}

variable "mail" {
  description = "Who mail comes from, and the verified domain or address behind it."
  type        = object({ from = string, identity = string })
}

variable "domain" {
  description = "A domain of its own, with a certificate and, for a record, the zone. Without it the API's own address is the issuer."
  type        = object({ name = string, certificate_arn = string, zone_id = optional(string) })
  default     = null
}

variable "existing_api" {
  description = "An HTTP API to add the routes to, in place of one of its own."
  type        = object({ id = string, execution_arn = string, endpoint = string })
  default     = null
}

variable "cors_origins" {
  description = "Origins of the pages that call the self-service door."
  type        = list(string)
  default     = []
}

variable "sms" {
  description = "Sender id, and what SMS may cost the account in a month in US dollars."
  type        = object({ sender_id = optional(string), monthly_spend_limit = optional(number) })
  default     = {}
}

variable "architecture" {
  description = "arm64 or x86_64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "arm64 or x86_64."
  }
}

variable "runtime" {
  description = "java21; java25 takes a provider that knows it (6.20 or later)."
  type        = string
  default     = "java21"
}

variable "memory_mb" {
  description = "Memory of each function, and processor with it."
  type        = number
  default     = 1024
}

variable "delivery_concurrency" {
  description = "How many workers send at a time: a brake on the bill. -1 for none."
  type        = number
  default     = 10
}

variable "throttling" {
  description = "Requests a second, and the burst, over all routes."
  type        = object({ rate = number, burst = number })
  default     = { rate = 200, burst = 400 }
}

variable "replicas" {
  description = "Regions that hold a replica of the table, each with its key."
  type        = list(object({ region = string, kms_key_arn = string }))
  default     = []

  validation {
    condition     = var.eventual_consistency || length(var.replicas) == 0
    error_message = "Replicas are eventually consistent, so a code can succeed once in each region. Set eventual_consistency if that is what you want."
  }
}

variable "eventual_consistency" {
  description = "Accept replicas of which the last writer wins. A code can then succeed once in each region."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Refuse to delete the table."
  type        = bool
  default     = true
}

variable "configuration_set" {
  description = "Make a configuration set for mail."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
}

variable "alarm_topic_arns" {
  description = "SNS topics that hear of alarms."
  type        = list(string)
  default     = []
}
